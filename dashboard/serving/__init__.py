"""Several processes behind one port: `serve --workers`."""
