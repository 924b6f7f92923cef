// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a heap dump from beginning to end, and tells a visitor what is in it. Holds one object at a
 * time. Source: the format "JAVA PROFILE 1.0.2" as HotSpot's heapDumper.cpp describes it.
 */
final class HprofReader {

  static final int OBJECT = 2;

  private static final int UTF8 = 0x01;
  private static final int LOAD_CLASS = 0x02;
  private static final int HEAP_DUMP = 0x0C;
  private static final int HEAP_DUMP_SEGMENT = 0x1C;

  private final CountedInput in;
  private final Visitor visitor;
  private int idSize;

  private HprofReader(CountedInput in, Visitor visitor) {
    this.in = in;
    this.visitor = visitor;
  }

  /** What a dump consists of; arrays given to it are its own. */
  interface Visitor {

    default void name(long id, String text) {}

    default void loadedClass(long id, long nameId) {}

    default void root(Root root) {}

    default void classDump(ClassDump dump) {}

    default void instance(long id, long classId, byte[] fields, int idSize) {}

    default void objectArray(long id, long classId, long[] elements) {}

    default void primitiveArray(long id, byte[] content) {}
  }

  /**
   * Something that keeps an object alive by itself.
   *
   * @param id the object
   * @param kind the tag of the record
   * @param thread the serial number of the thread whose it is; 0 if of none
   */
  record Root(long id, int kind, int thread) {
    static final int JNI_LOCAL = 0x02;
    static final int JAVA_FRAME = 0x03;
    static final int STICKY_CLASS = 0x05;
    static final int THREAD = 0x08;
  }

  /**
   * A class.
   *
   * @param statics its static fields that refer to objects
   * @param fields the fields that it declares, in the order of an instance's bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, compared never
  record ClassDump(long id, long superId, StaticField[] statics, Field[] fields) {}

  /** A static field and the object that it refers to. */
  record StaticField(long nameId, long target) {}

  /** An instance field. */
  record Field(long nameId, int type) {}

  static void read(Path file, Visitor visitor) throws IOException {
    try (CountedInput in = new CountedInput(FileChannel.open(file))) {
      new HprofReader(in, visitor).all();
    }
  }

  private void all() throws IOException {
    StringBuilder format = new StringBuilder();
    for (int next = in.u1(); next != 0; next = in.u1()) {
      format.append((char) next);
    }
    if (!format.toString().startsWith("JAVA PROFILE 1.0")) {
      throw new IOException("Not a heap dump, but: " + format);
    }
    idSize = in.u4();
    in.skip(8);
    for (int tag = in.tag(); tag >= 0; tag = in.tag()) {
      in.skip(4);
      record(tag, Integer.toUnsignedLong(in.u4()));
    }
  }

  private void record(int tag, long length) throws IOException {
    long end = in.position() + length;
    if (tag == UTF8) {
      long id = id();
      visitor.name(id, new String(in.bytes((int) (end - in.position())), StandardCharsets.UTF_8));
    } else if (tag == LOAD_CLASS) {
      in.skip(4);
      long id = id();
      in.skip(4);
      visitor.loadedClass(id, id());
    } else if (tag == HEAP_DUMP || tag == HEAP_DUMP_SEGMENT) {
      while (in.position() < end) {
        part(in.u1());
      }
    }
    in.skip(end - in.position());
  }

  private void part(int tag) throws IOException {
    switch (tag) {
      case 0x01 -> root(tag, idSize);
      case Root.JNI_LOCAL, Root.JAVA_FRAME -> rootOfThread(tag, 4);
      case 0x04, 0x06 -> rootOfThread(tag, 0);
      case Root.STICKY_CLASS, 0x07, 0xFF -> root(tag, 0);
      case Root.THREAD -> rootOfThread(tag, 4);
      case 0x20 -> classDump();
      case 0x21 -> instance();
      case 0x22 -> objectArray();
      case 0x23 -> primitiveArray();
      default -> throw new IOException("Unknown part of a heap dump: " + tag);
    }
  }

  private void root(int tag, int rest) throws IOException {
    long id = id();
    in.skip(rest);
    visitor.root(new Root(id, tag, 0));
  }

  private void rootOfThread(int tag, int rest) throws IOException {
    long id = id();
    int thread = in.u4();
    in.skip(rest);
    visitor.root(new Root(id, tag, thread));
  }

  private void classDump() throws IOException {
    long id = id();
    in.skip(4);
    long superId = id();
    in.skip(5L * idSize + 4); // loader, signers, protection domain, two reserved; instance size
    for (int constants = in.u2(); constants > 0; constants--) {
      in.skip(2);
      in.skip(size(in.u1()));
    }
    StaticField[] statics = statics(in.u2());
    Field[] fields = new Field[in.u2()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = new Field(id(), in.u1());
    }
    visitor.classDump(new ClassDump(id, superId, statics, fields));
  }

  private StaticField[] statics(int count) throws IOException {
    StaticField[] objects = new StaticField[count];
    int found = 0;
    for (int i = 0; i < count; i++) {
      long nameId = id();
      int type = in.u1();
      if (type == OBJECT) {
        objects[found++] = new StaticField(nameId, id());
      } else {
        in.skip(size(type));
      }
    }
    return Arrays.copyOf(objects, found);
  }

  private void instance() throws IOException {
    long id = id();
    in.skip(4);
    long classId = id();
    visitor.instance(id, classId, in.bytes(in.u4()), idSize);
  }

  private void objectArray() throws IOException {
    long id = id();
    in.skip(4);
    long[] elements = new long[in.u4()];
    long classId = id();
    for (int i = 0; i < elements.length; i++) {
      elements[i] = id();
    }
    visitor.objectArray(id, classId, elements);
  }

  private void primitiveArray() throws IOException {
    long id = id();
    in.skip(4);
    int count = in.u4();
    visitor.primitiveArray(id, in.bytes(Math.multiplyExact(count, size(in.u1()))));
  }

  private long id() throws IOException {
    return idSize == 8 ? in.u8() : Integer.toUnsignedLong(in.u4());
  }

  private int size(int type) {
    return size(type, idSize);
  }

  /** The bytes that a value of a type takes. */
  static int size(int type, int idSize) {
    return switch (type) {
      case OBJECT -> idSize;
      case 4, 8 -> 1; // boolean, byte
      case 5, 9 -> 2; // char, short
      case 6, 10 -> 4; // float, int
      case 7, 11 -> 8; // double, long
      default -> throw new IllegalArgumentException("Unknown type in a heap dump: " + type);
    };
  }

  /** Reads numbers from a file, and counts the bytes. */
  private static final class CountedInput implements AutoCloseable {
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18).limit(0);
    private long position;

    CountedInput(FileChannel file) {
      this.file = file;
    }

    long position() {
      return position;
    }

    /** The next record's tag; -1 at the end. */
    int tag() throws IOException {
      if (!buffer.hasRemaining() && !fill()) {
        return -1;
      }
      return u1();
    }

    int u1() throws IOException {
      return Byte.toUnsignedInt(next(1).get());
    }

    int u2() throws IOException {
      return Short.toUnsignedInt(next(2).getShort());
    }

    int u4() throws IOException {
      return next(4).getInt();
    }

    long u8() throws IOException {
      return next(8).getLong();
    }

    byte[] bytes(int count) throws IOException {
      byte[] bytes = new byte[count];
      for (int done = 0; done < count; ) {
        int part = Math.min(next(1).remaining(), count - done);
        buffer.get(bytes, done, part);
        done += part;
        position += part - 1;
      }
      return bytes;
    }

    void skip(long count) throws IOException {
      if (count <= buffer.remaining()) {
        buffer.position(buffer.position() + (int) count);
      } else {
        file.position(file.position() + count - buffer.remaining());
        buffer.limit(0);
      }
      position += count;
    }

    /** The buffer with at least so many bytes in it, which are counted as read. */
    private ByteBuffer next(int count) throws IOException {
      while (buffer.remaining() < count) {
        if (!fill()) {
          throw new EOFException("The heap dump breaks off after byte " + position);
        }
      }
      position += count;
      return buffer;
    }

    private boolean fill() throws IOException {
      buffer.compact();
      int read = file.read(buffer);
      buffer.flip();
      return read > 0;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
