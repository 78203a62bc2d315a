"""Rows of answers as maps. The only room that knows pydeck, and it does not know Streamlit."""
