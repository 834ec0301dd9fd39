package org.reassign.plugin.requestchannels;

import org.reassign.api.spi.RequestChannel;
import org.reassign.testkit.RequestChannelContract;

class PayloadContractTest implements RequestChannelContract {
    @Override
    public RequestChannel channel() {
        return new Payload();
    }
}
