"""Pictures as pure functions: tables or datasets in, one Matplotlib figure out."""
