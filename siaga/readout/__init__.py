"""The output format of `siaga read`: one JSON value a mail, as collections of mails with known answers expect it.

Names and shapes are a contract with those who measure the reading; nothing else in the product uses them. What a
collection keeps beside its mails (`beside.py`: offices, officials, what was asked) is read here too.
"""
