/** Whether content is a payload of its kind. Start at {@link io.aifs.schemas.payload.Payloads}. */
@NullMarked
package io.aifs.schemas.payload;

import org.jspecify.annotations.NullMarked;
