"""The whole flow repeated on simulated deposits drawn anew, to see whether what it says of its errors holds."""
