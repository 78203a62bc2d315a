"""What `doctor` looks at: an installation, its workspace, and the server.

A check is a function `(Examined) -> Found` in one of the modules beside; it is listed in
`examination.CHECKS`, and its name is what is printed. It changes nothing and asks no other machine.
"""
