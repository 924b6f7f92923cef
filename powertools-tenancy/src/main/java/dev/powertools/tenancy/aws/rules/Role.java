// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

/** What a member of a request is to the rules. Members without a role are free, or denied. */
enum Role {
  /** A table, by name or ARN. */
  TABLE,
  /** A table that all tenants read, by name or ARN. */
  SHARED_TABLE,
  /** An index of the table. */
  INDEX,
  /** The key of an item. */
  KEY,
  /** The keys of several items. */
  KEYS,
  /** An item. */
  ITEM,
  /** Several items. */
  ITEMS,
  /** The key after which a page begins, or ended. */
  PAGE_KEY,
  /** An expression that says which items are queried. */
  CONDITION,
  /** The same as a map. */
  CONDITIONS,
  /** An expression that says what is changed. */
  UPDATE,
  /** The same as a map. */
  UPDATES,
  /** The names that expressions stand for. */
  NAMES,
  /** The values that expressions stand for. */
  VALUES,
  /** What a condition or an update of the older form does. */
  OPERATOR,
  /** A text. */
  TEXT,
  /** A bucket. */
  BUCKET,
  /** The key of an object. */
  OBJECT,
  /** What keys begin with. */
  PREFIX,
  /** Bucket and key of an object that is read, as one encoded text. */
  COPY_SOURCE,
  /** The bucket of an object that is read. */
  SOURCE_BUCKET,
  /** The key of an object that is read. */
  SOURCE_KEY,
  /** The version of an object that is read. */
  SOURCE_VERSION,
  /** How keys in an answer are encoded. */
  ENCODING,
  /** A KMS key. */
  KMS_KEY,
  /** A queue that is sent to, by URL. */
  QUEUE,
  /** A queue that only one of the tenant's alone may be, by URL. */
  OWN_QUEUE,
  /** A topic, by ARN. */
  TOPIC,
  /** The body of a message. */
  BODY,
  /** The attributes of a message. */
  ATTRIBUTES,
  /** The group of a message. */
  GROUP,
  /** The type of an attribute. */
  TYPE,
  /** An event bus, by name or ARN. */
  BUS,
  /** The detail of an event. */
  DETAIL,
  /** A function, by name or ARN. */
  FUNCTION,
  /** The version or alias of a function. */
  QUALIFIER,
  /** The tenant that a function is invoked for. */
  TENANT,
  /** An encryption context. */
  CONTEXT,
  /** A part that has a rule of its own. */
  PART,
  /** A list of such. */
  EACH,
  /** A map from tables to such, or to lists of such. */
  BY_TABLE,
}
