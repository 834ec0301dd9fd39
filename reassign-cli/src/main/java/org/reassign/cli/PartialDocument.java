package org.reassign.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A command whose JSON document says, where it fails, what it has done before. */
public interface PartialDocument {
    /** The document so far; empty where nothing was begun. */
    Optional<ObjectNode> unfinished();
}
