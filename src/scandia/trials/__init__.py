"""The whole flow repeated on simulated deposits drawn anew: does what it says of its own errors hold?"""
