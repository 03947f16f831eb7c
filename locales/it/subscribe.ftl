# subscribe
