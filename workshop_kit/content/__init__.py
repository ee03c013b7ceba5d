"""The words of the workshop, one folder a language, one YAML file a page."""
