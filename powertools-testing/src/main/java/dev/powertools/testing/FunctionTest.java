// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.aws.Aws;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a JUnit class a test of functions: its methods may have parameters of type {@link
 * Functions}, {@link FunctionLogs}, {@link Spans}, {@link TestClock}, {@link TestStore}, {@link
 * Aws} and {@link Leaks}, made anew for each test. Safe under parallel execution: nothing is
 * static, and no port is fixed.
 *
 * <p>Before the first test runs, the class files of the project are scanned. An annotation of the
 * toolkit, or one of your own, on a class that was not woven fails the tests with the lines to add
 * to the build: it would not be applied in production either.
 *
 * <pre>{@code
 * @FunctionTest
 * class GreetHandlerTest {
 *   @Test
 *   void greets(Functions functions) {
 *     var response = functions.function(GreetHandler.class).invokeJson("{\"name\":\"Ada\"}");
 *     assertThat(response.text()).isEqualTo("\"Hello Ada\"");
 *   }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(FunctionTestExtension.class)
public @interface FunctionTest {}
