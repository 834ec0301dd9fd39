package org.reassign.core.observe;

import java.util.Set;

/**
 * Records that were moved from one layout to another.
 *
 * @param topics the topics that were changed
 * @param paths the znodes that were written
 */
public record Moved(Set<String> topics, Set<String> paths) {}
