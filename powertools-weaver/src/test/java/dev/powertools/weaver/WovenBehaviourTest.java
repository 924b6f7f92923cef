// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.bytebuddy.build.EntryPoint;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WovenBehaviourTest {

  @Nested
  class Methods {

    @Test
    void instance_static_private_and_self_called_methods_pass_the_chain_once() throws Throwable {
      Project project =
          Project.of(
                  """
                  public class Main {
                    @Traced public String open(String name) { return hidden(name, 1); }
                    @Traced private String hidden(String name, int n) { return total(name + n); }
                    @Traced static String total(String text) { return secret() + text; }
                    @Traced private static String secret() { return "s"; }
                    @Traced protected final String shielded() { return "p"; }
                    @Traced String near() { return "n"; }
                    public static Object main() {
                      Main main = new Main();
                      return main.open("a") + main.shielded() + main.near();
                    }
                  }
                  """)
              .woven();

      assertThat(project.run()).isEqualTo("sa1pn");
      assertThat(project.calls())
          .containsExactly(
              "Main.open[a]",
              "Main.hidden[a, 1]",
              "Main.total[a1]",
              "Main.secret[]",
              "Main.shielded[]",
              "Main.near[]");
    }

    @Test
    void overloads_generic_and_variable_arity_methods_keep_apart() throws Throwable {
      Project project =
          Project.of(
                  """
                  public class Main {
                    @Traced("1") int size(int a) { return a; }
                    @Traced("2") int size(long a) { return (int) a + 1; }
                    @Traced("3") int size(Object... all) { return all.length; }
                    @Traced("4") <T extends Comparable<T>> T max(T one, T two) {
                      return one.compareTo(two) > 0 ? one : two;
                    }
                    public static Object main() {
                      Main main = new Main();
                      return main.size(7) + "," + main.size(7L) + "," + main.size("a", "b", "c")
                          + "," + main.max("x", "y");
                    }
                  }
                  """)
              .woven();

      assertThat(project.run()).isEqualTo("7,8,3,y");
      assertThat(project.calls())
          .containsExactly(
              "Main.size1[7]", "Main.size2[7]", "Main.size3[[a, b, c]]", "Main.max4[x, y]");
    }

    @Test
    void super_calls_and_recursion_pass_each_chain() throws Throwable {
      Project project =
          Project.of(
                  """
                  public class Main extends Parent {
                    @Traced @Override int down(int n) { return n == 0 ? super.down(5) : down(n - 1); }
                    public static Object main() { return new Main().down(1); }
                  }
                  """,
                  """
                  class Parent { @Traced int down(int n) { return n * 2; } }
                  """)
              .woven();

      assertThat(project.run()).isEqualTo(10);
      assertThat(project.calls()).containsExactly("Main.down[1]", "Main.down[0]", "Parent.down[5]");
    }

    @Test
    void a_bridge_is_left_alone_so_the_chain_runs_once() throws Throwable {
      Project project =
          Project.of(
                  """
                  public class Main implements java.util.function.Function<String, Integer> {
                    @Traced @Override public Integer apply(String text) { return text.length(); }
                    public static Object main() {
                      java.util.function.Function<String, Integer> function = new Main();
                      return function.apply("abc");
                    }
                  }
                  """)
              .woven();

      assertThat(project.run()).isEqualTo(3);
      assertThat(project.calls()).containsExactly("Main.apply[abc]");
    }

    @Test
    void a_lock_is_held_by_the_body_and_not_while_links_run() throws Throwable {
      Project project =
          Project.of(
                  """
                  public class Main {
                    @Traced synchronized boolean locked() { return Thread.holdsLock(this); }
                    @Traced static synchronized boolean all() { return Thread.holdsLock(Main.class); }
                    public static Object main() { return new Main().locked() && all(); }
                  }
                  """)
              .woven();

      assertThat(project.run()).isEqualTo(true);
      assertThat(project.load("Main").getDeclaredMethod("locked").getModifiers()).isZero();
    }

    @Test
    void methods_with_as_many_parameters_as_the_virtual_machine_allows_are_woven()
        throws Throwable {
      String parameters =
          IntStream.range(0, 127).mapToObj(i -> "long p" + i).collect(Collectors.joining(", "));
      String arguments =
          IntStream.range(0, 127).mapToObj(i -> i + "L").collect(Collectors.joining(", "));
      Project project =
          Project.of(
                  """
                  public class Main {
                    @Traced long last(%s) { return p126; }
                    public static Object main() { return new Main().last(%s); }
                  }
                  """
                      .formatted(parameters, arguments))
              .woven();

      assertThat(project.run()).isEqualTo(126L);
    }

    @Test
    void exceptions_reach_the_caller_unchanged_with_the_line_of_the_body() {
      Project project =
          Project.of(
                  """
                  public class Main {
                    @Traced void fail() throws java.io.IOException {
                      throw new java.io.IOException("user's");
                    }
                    public static Object main() throws Exception { new Main().fail(); return null; }
                  }
                  """)
              .woven();

      assertThatThrownBy(project::run)
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("user's")
          .satisfies(
              thrown ->
                  assertThat(thrown.getStackTrace()[0])
                      .hasToString("com.acme.Main.fail$body(Main.java:4)"));
    }
  }

  @Nested
  class Values {

    @Test
    void every_type_of_parameter_arrives_and_every_type_of_result_returns() throws Throwable {
      Project project =
          Project.of(
                  """
                  public class Main {
                    @Traced String all(boolean z, byte b, char c, short s, int i, long j, float f,
                        double d, String text, int[] ints, String[][] texts) {
                      return "" + z + b + c + s + i + j + f + d + text + ints[0] + texts[0][0];
                    }
                    @Traced boolean z() { return true; }
                    @Traced byte b() { return Byte.MIN_VALUE; }
                    @Traced char c() { return 'c'; }
                    @Traced short s() { return Short.MAX_VALUE; }
                    @Traced int i() { return Integer.MIN_VALUE; }
                    @Traced long j() { return Long.MAX_VALUE; }
                    @Traced float f() { return 1.5f; }
                    @Traced double d() { return -2.5; }
                    @Traced int[] ints() { return new int[] {4}; }
                    @Traced String[][] texts() { return new String[][] {{"t"}}; }
                    @Traced Object nothing(Object none) { return none; }
                    @Traced void empty() {}
                    @Traced static double mixed(long a, double b, int c, long d) { return a + b + c + d; }
                    public static Object main() {
                      Main m = new Main();
                      m.empty();
                      return m.all(m.z(), m.b(), m.c(), m.s(), m.i(), m.j(), m.f(), m.d(), "x",
                          m.ints(), m.texts()) + m.nothing(null) + mixed(1, 2, 3, 4);
                    }
                  }
                  """)
              .woven();

      assertThat(project.run())
          .isEqualTo("true-128c32767-214748364892233720368547758071.5-2.5x4tnull10.0");
      assertThat(project.calls()).hasSize(14);
    }
  }

  @Nested
  class Types {

    @Test
    void default_static_and_private_methods_of_interfaces_are_woven() throws Throwable {
      Project project =
          Project.of(
                  """
                  public interface Main {
                    String PREFIX = Main.make();
                    @Traced static String make() { return "m"; }
                    @Traced default String greet(String name) { return hidden(name); }
                    @Traced private String hidden(String name) { return PREFIX + name; }
                    static Object main() { return new Main() {}.greet("x"); }
                  }
                  """,
                  """
                  interface Bare { @Traced default int one() { return 1; } }
                  """)
              .woven();

      assertThat(project.run()).isEqualTo("mx");
      assertThat(project.calls()).containsExactly("Main.make[]", "Main.greet[x]", "Main.hidden[x]");
      assertThat(project.load("Bare")).isInterface();
    }

    @Test
    void enums_records_and_classes_inside_others_are_woven() throws Throwable {
      Project project =
          Project.of(
                  """
                  public class Main {
                    enum Level {
                      LOW { @Traced @Override int value() { return 1; } },
                      HIGH;
                      @Traced int value() { return 9; }
                    }
                    record Point(int x) {
                      @Traced int twice() { return 2 * x; }
                      @Traced static Point of(int x) { return new Point(x); }
                    }
                    static class Nested { @Traced int n() { return 3; } }
                    class Inner { @Traced int n() { return outer(); } }
                    @Traced private int outer() { return 4; }
                    public static Object main() {
                      Object local = new Object() { @Traced @Override public String toString() { return "l"; } };
                      return Level.LOW.value() + Level.HIGH.value() + Point.of(5).twice()
                          + new Nested().n() + new Main().new Inner().n() + local.toString();
                    }
                  }
                  """)
              .woven();

      assertThat(project.run()).isEqualTo("27l");
      assertThat(project.calls())
          .containsExactly(
              ".value[]",
              "Level.value[]",
              "Point.of[5]",
              "Point.twice[]",
              "Nested.n[]",
              "Inner.n[]",
              "Main.outer[]",
              ".toString[]");
    }

    @Test
    void generic_subclasses_of_package_private_classes_are_woven() throws Throwable {
      Project project =
          Project.of(
                  """
                  public class Main extends Base<String> {
                    @Traced @Override String take(String text) { return super.take(text) + "!"; }
                    public static Object main() { Base<String> base = new Main(); return base.take("a"); }
                  }
                  """,
                  """
                  abstract class Base<T extends CharSequence> { @Traced T take(T value) { return value; } }
                  """)
              .woven();

      assertThat(project.run()).isEqualTo("a!");
      assertThat(project.calls()).containsExactly("Main.take[a]", "Base.take[a]");
    }
  }

  @Nested
  class Initialisers {

    @Test
    void a_static_initialiser_may_call_woven_methods_and_leave_early() throws Throwable {
      Project project =
          Project.of(
                  """
                  public class Main {
                    static final int VALUE;
                    static final java.util.List<Integer> LATER = new java.util.ArrayList<>();
                    static {
                      int sum = 0;
                      for (int i = 0; i < 3; i++) { try { sum += plus(i); } finally { LATER.add(i); } }
                      VALUE = sum;
                    }
                    @Traced static int plus(int i) { return i + 1; }
                    public static Object main() { return VALUE + "" + LATER; }
                  }
                  """)
              .woven();

      assertThat(project.run()).isEqualTo("6[0, 1, 2]");
      assertThat(project.calls()).hasSize(3);
    }
  }

  @Nested
  class Ways {

    static Stream<Arguments> ways() {
      return Stream.of(
          Arguments.of("rebase", (UnaryOperator<Project>) Project::woven),
          Arguments.of(
              "redefine", (UnaryOperator<Project>) p -> p.woven(EntryPoint.Default.REDEFINE)),
          Arguments.of(
              "decorate", (UnaryOperator<Project>) p -> p.woven(EntryPoint.Default.DECORATE)),
          Arguments.of("one by one", (UnaryOperator<Project>) Project::wovenOneByOne));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void each_way_in_weaves_alike(String name, UnaryOperator<Project> way) throws Throwable {
      Project project = way.apply(Project.of(SMALL));

      assertThat(project.run()).isEqualTo(2);
      assertThat(project.calls()).containsExactly("Main.one[]", "Main.one[]");
    }

    @ParameterizedTest
    @ValueSource(ints = {52, 55, 61})
    void class_files_of_older_releases_are_woven(int version) throws Throwable {
      Project project = Project.of(SMALL).inVersion(version).woven();

      assertThat(project.run()).isEqualTo(2);
      assertThat(project.calls()).containsExactly("Main.one[]", "Main.one[]");
      assertThat(ByteBuffer.wrap(project.classFile("Main")).getShort(6)).isEqualTo((short) version);
    }

    private static final String SMALL =
        """
        public class Main {
          static final int START = one();
          @Traced static int one() { return 1; }
          public static Object main() { return START + one(); }
        }
        """;

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void weaving_again_changes_nothing(String name, UnaryOperator<Project> way) {
      Project once = way.apply(Project.of(SMALL));

      Project twice = way.apply(once);

      assertThat(twice.classFile("Main")).isEqualTo(once.classFile("Main"));
      assertThat(once.classFile("Main")).isNotEqualTo(Project.of(SMALL).classFile("Main"));
    }
  }
}
