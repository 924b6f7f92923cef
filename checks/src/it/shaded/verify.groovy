// SPDX-License-Identifier: Apache-2.0
def jar = new File(basedir, 'target/shaded-1.jar')
def java = new File(System.getProperty('java.home'), 'bin/java').path
def process = [java, '-cp', jar.path, 'com.acme.Main'].execute()
def output = new StringBuilder()
process.waitForProcessOutput(output, output)
assert process.exitValue() == 0: output
assert output.toString().contains('aa1.5 [receipt[a, 2], total[3, 0.5]]'): output
assert !new java.util.zip.ZipFile(jar).entries().any { it.name.startsWith('net/bytebuddy') || it.name.startsWith('dev/powertools/weaver') }
