package org.reassign.core.client;

import java.util.List;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.core.plugin.ChoiceException;
import org.reassign.core.plugin.NamedPlugin;

/** Which plugins a client uses, by what a controller has published. Called by one thread at a time. */
public interface ClientPlugins {
    /**
     * The layouts in which records are looked for, the one in force first. Others are among them since a controller that has
     * just begun to lead moves the records of another layout.
     *
     * @throws ChoiceException where what the user has chosen contradicts the controller that leads
     */
    List<NamedPlugin<StorageLayout>> layouts(ControllerStatus controller);

    /**
     * The channels that are open; requests are submitted through the first one that can carry them.
     *
     * @throws ChoiceException where what the user has chosen contradicts the controller that leads
     */
    List<NamedPlugin<RequestChannel>> channels(ControllerStatus controller);

    /** The channel of this name, whether open or not: of a request that was submitted through it. */
    NamedPlugin<RequestChannel> channel(String name);
}
