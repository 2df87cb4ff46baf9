"""The report: tables and datasets in, pictures and one self-contained HTML page out."""
