"""Everybody outside the house: offices that report, officials that answer, and all else that reaches a mailbox.

All of it is pure: the same `random.Random`, in the same state, and the same values give the same words. What is true of them
(`witness.Kind`, labels, `written.About`) comes with them; who writes when is not decided here.

    offices, outages (and their .txt)   who there is, and what fails
    letters (forms, hands, papers), followups, routine
                                        what offices write
    answers, besides, quotes            what officials and their machines write
    returns, strays, wrecks             all else
    signatures                          what stands below a mail, the disclaimer with YA and TIDAK included
    mails                               bytes of it
    calendar                            when offices work
"""
