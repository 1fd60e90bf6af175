"""What opens a file that a stranger sent: a process of its own, which ends with the file.

It knows neither Django nor the portal's secrets, has a bounded life and memory, and answers in JSON. Its modules name each
other relatively, because they are reached by two names: `apart` in that process, `alliance.files.apart` in tests.
"""
