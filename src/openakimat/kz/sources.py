"""What charts cite where no provision of law is seen."""

OF_OFFICE = "order of the office"
"""What an office asks of itself, beside the law."""

OF_FRONT_OFFICES = "practice of front offices"
E_OTINISH = "tests of the e-Otinish system, 2022"
