// SPDX-License-Identifier: Apache-2.0
def log = new File(basedir, "build.log").text
assert log.contains('com.acme.Orders.receipt @Audited')
assert log.contains('com.acme.Orders.total @Audited')
assert log.contains('<artifactId>byte-buddy-maven-plugin</artifactId>')
assert log.contains('<artifactId>powertools-weaver</artifactId>')
