package org.reassign.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.reassign.api.zk.ZkEvent;

/** A watch that remembers what it was told. */
final class ZkEventLog implements Consumer<ZkEvent> {
    private final List<ZkEvent> told = new ArrayList<>();

    @Override
    public synchronized void accept(ZkEvent event) {
        told.add(event);
    }

    /** All events so far in their order, each as {@code TYPE path}. */
    synchronized List<String> told() {
        return told.stream().map(event -> event.type() + " " + event.path()).toList();
    }
}
