package org.reassign.core.observe;

import java.util.function.Consumer;
import org.reassign.api.zk.ZkReader;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.Observation;

/** Reads the registered brokers and watches for those that come, go, or rewrite their registration in place. */
public final class BrokerObserver {
    private final BrokerReader reader;
    private final CurrentImage image;
    private final ToRead toRead;

    /**
     * Nothing is read yet.
     *
     * @param inPlace whether registrations that are rewritten in place are noticed, too, by a watch for each
     * @param mark hands a change of state in to the loop, on any thread
     */
    public BrokerObserver(ZkReader zk, boolean inPlace, CurrentImage image, ToRead toRead, Consumer<Runnable> mark) {
        this.reader = new BrokerReader(zk, inPlace, () -> mark.accept(toRead::brokers), this::rootMissing);
        this.image = image;
        this.toRead = toRead;
    }

    /** There is no watch then. */
    private void rootMissing() {
        toRead.roots();
        toRead.brokers();
    }

    /** Reads brokers if they may have changed. */
    public void refresh() {
        if (toRead.takeBrokers()) {
            image.observe(new Observation.BrokersRead(reader.read()));
        }
    }
}
