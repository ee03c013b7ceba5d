"""Three sliders, a text box and a plotly picture that follows the sliders, in Streamlit."""

import plotly.graph_objects as go
import streamlit as st

SYSTEMS = ("threat", "drive", "soothing")

st.title("Arriving")
sizes = [st.slider(name, 0.0, 10.0, 0.0, 0.5) for name in SYSTEMS]
st.plotly_chart(go.Figure(go.Bar(x=SYSTEMS, y=sizes), {"yaxis_range": [0, 10]}))
st.text_area("A note to myself")
