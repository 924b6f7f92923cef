// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.woven;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a class file, in the order in which it is laid out. Source: The Java Virtual Machine
 * Specification, chapter 4. Confined to one thread; throws a {@link RuntimeException} at what is no
 * class file.
 */
final class ClassFileReader {

  private static final String ANNOTATIONS = "RuntimeVisibleAnnotations";

  private final ByteBuffer in;
  private final int[] constants;
  private boolean hasAnnotations;

  /** Where the last code attribute begins; 0 if there was none. */
  private int code;

  ClassFileReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
    if (in.getInt() != 0xCAFEBABE) {
      throw new IllegalArgumentException("wrong magic number");
    }
    in.getInt();
    this.constants = new int[u2()];
    for (int i = 1; i < constants.length; i++) {
      constants[i] = in.position();
      i += skipConstant();
    }
  }

  /** Skips one constant and says how many extra indices it takes. */
  private int skipConstant() {
    int tag = in.get();
    switch (tag) {
      case 1 -> readText(u2());
      case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
      case 5, 6 -> skip(8);
      case 7, 8, 16, 19, 20 -> skip(2);
      case 15 -> skip(3);
      default -> throw new IllegalArgumentException("unknown constant " + tag);
    }
    return tag == 5 || tag == 6 ? 1 : 0;
  }

  private void readText(int length) {
    if (length == ANNOTATIONS.length()) {
      hasAnnotations |= text(in.position(), length).equals(ANNOTATIONS);
    }
    skip(length);
  }

  boolean hasAnnotations() {
    return hasAnnotations;
  }

  ClassFile read() {
    int access = u2();
    String name = classAt(u2());
    int parent = u2();
    String superName = parent == 0 ? null : classAt(parent);
    List<String> interfaces = new ArrayList<>();
    for (int left = u2(); left > 0; left--) {
      interfaces.add(classAt(u2()));
    }
    List<String> annotations = new ArrayList<>();
    List<ClassFile.Method> methods = new ArrayList<>();
    skipFields();
    readMethods(methods);
    readAttributes(annotations);
    return new ClassFile(
        access,
        name,
        superName,
        List.copyOf(interfaces),
        List.copyOf(annotations),
        List.copyOf(methods));
  }

  private void skipFields() {
    for (int left = u2(); left > 0; left--) {
      skip(6);
      readAttributes(new ArrayList<>());
    }
  }

  private void readMethods(List<ClassFile.Method> methods) {
    for (int left = u2(); left > 0; left--) {
      methods.add(readMethod());
    }
  }

  private ClassFile.Method readMethod() {
    int access = u2();
    String name = textAt(u2());
    String descriptor = textAt(u2());
    List<String> annotations = new ArrayList<>();
    code = 0;
    readAttributes(annotations);
    String bridged = (access & ClassFile.BRIDGE) == 0 || code == 0 ? "" : bridged(name);
    return new ClassFile.Method(access, name, descriptor, bridged, List.copyOf(annotations));
  }

  /**
   * The descriptor of the method that a bridge calls: it loads the arguments, casts and calls;
   * empty if it does anything else first.
   */
  private String bridged(String name) {
    int at = code + 8;
    for (int end = at + in.getInt(code + 4); at < end; ) {
      int instruction = in.get(at) & 0xFF;
      if (instruction >= 0xB6 && instruction <= 0xB9) {
        int called = u2At(constants[u2At(at + 1)] + 3);
        if (textAt(u2At(constants[called] + 1)).equals(name)) {
          return textAt(u2At(constants[called] + 3));
        }
      }
      int length = length(instruction);
      if (length == 0) {
        return "";
      }
      at += length;
    }
    return "";
  }

  /** The length of a load, a cast or a call; 0 for other instructions. */
  private static int length(int instruction) {
    if (instruction >= 0x15 && instruction <= 0x19) {
      return 2;
    }
    if (instruction >= 0x1A && instruction <= 0x2D) {
      return 1;
    }
    return instruction == 0xC0 || (instruction >= 0xB6 && instruction <= 0xB8) ? 3 : 0;
  }

  private void readAttributes(List<String> annotations) {
    for (int left = u2(); left > 0; left--) {
      String name = textAt(u2());
      int length = in.getInt();
      if (name.equals("Code")) {
        code = in.position();
      }
      if (name.equals(ANNOTATIONS)) {
        for (int each = u2(); each > 0; each--) {
          readAnnotation(annotations);
        }
      } else {
        skip(length);
      }
    }
  }

  /** An annotation, and those that it contains if it is a container of repeated ones. */
  private void readAnnotation(List<String> annotations) {
    String descriptor = textAt(u2());
    annotations.add(descriptor.substring(1, descriptor.length() - 1));
    for (int left = u2(); left > 0; left--) {
      boolean contains = textAt(u2()).equals("value") && in.get(in.position()) == '[';
      readValue(contains ? annotations : new ArrayList<>());
    }
  }

  private void readValue(List<String> annotations) {
    int tag = in.get();
    switch (tag) {
      case 'e' -> skip(4);
      case '@' -> readNested(annotations);
      case '[' -> {
        for (int left = u2(); left > 0; left--) {
          readValue(annotations);
        }
      }
      default -> skip(2);
    }
  }

  /** Of what is inside a contained annotation, nothing counts. */
  private void readNested(List<String> annotations) {
    List<String> all = new ArrayList<>();
    readAnnotation(all);
    annotations.add(all.get(0));
  }

  private String classAt(int index) {
    return textAt(u2At(constants[index] + 1));
  }

  /** Names in practice are plain UTF-8; what is not would differ in surrogates only. */
  private String textAt(int index) {
    int at = constants[index];
    return text(at + 3, u2At(at + 1));
  }

  private String text(int at, int length) {
    return new String(in.array(), at, length, StandardCharsets.UTF_8);
  }

  private int u2() {
    return in.getShort() & 0xFFFF;
  }

  private int u2At(int at) {
    return in.getShort(at) & 0xFFFF;
  }

  private void skip(int bytes) {
    in.position(in.position() + bytes);
  }
}
