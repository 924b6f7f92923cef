// SPDX-License-Identifier: Apache-2.0
def java = new File(System.getProperty('java.home'), 'bin/java').path
def variables = [
    '_HANDLER=com.acme.Orders', 'AWS_REGION=eu-central-1', 'AWS_ACCESS_KEY_ID=key',
    'AWS_SECRET_ACCESS_KEY=secret']
def run = { name ->
  def jar = new File(basedir, "target/shaded-sdk-1-${name}.jar")
  def process = [java, '-cp', jar.path, 'com.acme.Main'].execute(variables, basedir)
  def output = new StringBuilder()
  process.waitForProcessOutput(output, output)
  [process.exitValue(), output.toString()]
}

def (lostExit, lost) = run('lost')
assert lostExit != 0: lost
assert lost.contains('execution.interceptors'): lost
assert lost.contains('AppendingTransformer'): lost
assert !lost.contains('acme got acme#1'): lost

def (mergedExit, merged) = run('merged')
assert mergedExit == 0: merged
assert merged.contains('acme got acme#1'): merged
assert merged.contains('counted GetItemRequest'): merged
assert merged.contains('denied by dynamodb.'): merged
