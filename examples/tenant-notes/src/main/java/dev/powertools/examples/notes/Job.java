// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

/**
 * That the words of a note are to be counted. It does not say whose: the message's envelope does.
 *
 * @param id of the job, unique for one tenant
 * @param noteId which note
 */
public record Job(String id, String noteId) {}
