import unittest

from grains import square, total


class GrainsTest(unittest.TestCase):
    def test_first(self):
        self.assertEqual(square(1), 1)

    def test_last(self):
        self.assertEqual(square(64), 2**63)

    def test_none(self):
        with self.assertRaises(ValueError) as error:
            square(65)
        self.assertEqual(error.exception.args[0], "square must be between 1 and 64")

    def test_total(self):
        self.assertEqual(total(), 18446744073709551615)
