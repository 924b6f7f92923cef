// SPDX-License-Identifier: Apache-2.0
// The woven class and its unwoven twin have the same coverage, to the last branch and method.
def rows = new File(basedir, "target/site/jacoco/jacoco.csv").readLines().collect { it.split(",") as List }
def woven = rows.find { it[2] == "Orders" }
def twin = rows.find { it[2] == "OrdersTwin" }
assert woven.drop(3) == twin.drop(3)
assert woven[5] == "1" : "one branch is missed on purpose: " + woven
