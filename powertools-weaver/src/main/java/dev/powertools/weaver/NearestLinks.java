// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.type.TypeDescription;

/**
 * The links that apply to an entry method: its own, its type's, its superclasses'. Of two of one
 * annotation type the nearer counts.
 */
final class NearestLinks {

  private final List<Link> links;

  NearestLinks(List<Link> ofMethod) {
    this.links = new ArrayList<>(ofMethod);
  }

  NearestLinks withTypesOf(TypeDescription type) {
    add(Link.of(type));
    Handlers.superclasses(type).forEach(parent -> add(Link.of(parent)));
    return this;
  }

  private void add(List<Link> further) {
    List<Link> missing =
        further.stream()
            .filter(each -> links.stream().noneMatch(link -> link.type().equals(each.type())))
            .toList();
    links.addAll(missing);
  }

  List<Link> all() {
    return List.copyOf(links);
  }
}
