"""Rows of answers as maps. The only package that knows pydeck, and it does not know Streamlit."""
