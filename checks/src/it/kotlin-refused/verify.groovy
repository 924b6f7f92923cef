// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, "build.log").text
assert log.contains('[powertools] com.acme.Orders.charge: @Audited cannot be applied to a suspend function')
assert log.contains('[powertools] com.acme.Orders.getShop$annotations: @Audited is on a method that the compiler made')
assert !log.contains('Running com.acme')
