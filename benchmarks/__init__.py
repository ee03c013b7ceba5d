"""Measures the workshop beside other ways to serve a page of sliders and a picture, in one run."""
