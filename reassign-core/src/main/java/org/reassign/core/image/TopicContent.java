package org.reassign.core.image;

import java.util.Map;
import java.util.SortedMap;
import org.reassign.api.model.Replicas;

/**
 * The content of a topic's znode.
 *
 * @param assigned partition to assigned replicas
 * @param fields the other fields, name to JSON text
 */
public record TopicContent(SortedMap<Integer, Replicas> assigned, Map<String, String> fields) {}
