"""The commands. Importing this costs next to nothing: what is heavy is imported when it runs."""
