"""Albums: the pictures of each phase with their captions, made from the tables and datasets of that phase."""
