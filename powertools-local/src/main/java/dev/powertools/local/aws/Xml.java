// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A document under construction, and the reader of small ones. Confined to one thread. */
final class Xml {

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  Xml(String root) {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    begin(root);
  }

  Xml begin(String name) {
    out.append('<').append(name).append('>');
    open.push(name);
    return this;
  }

  Xml end() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  Xml text(String name, Object value) {
    out.append('<').append(name).append('>').append(escaped(value.toString()));
    out.append("</").append(name).append('>');
    return this;
  }

  /** The whole of it. */
  byte[] toBytes() {
    while (!open.isEmpty()) {
      end();
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\r", "&#13;");
  }

  /** The texts of all elements of a name, in order. */
  static List<String> texts(byte[] document, String name) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    List<String> texts = new ArrayList<>();
    try {
      XMLStreamReader reader =
          factory.createXMLStreamReader(new ByteArrayInputStream(document), "UTF-8");
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT && reader.getLocalName().equals(name)) {
          texts.add(reader.getElementText());
        }
      }
      return texts;
    } catch (XMLStreamException e) {
      throw S3Refusal.of(
          400, "MalformedXML", "The XML you provided was not well-formed: " + e.getMessage());
    }
  }
}
