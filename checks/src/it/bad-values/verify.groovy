// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, "build.log").text
assert log.contains('[powertools] com.acme.Orders.charge: @Limited(per = "5 parsecs"): ')
assert log.contains('[powertools] com.acme.Orders.charge: @Limited(key = "orderId"): ')
assert log.contains('[powertools] com.acme.Orders.refund: @Audited cannot be applied to an abstract method')
