/**
 * Files of other tools into the store and out of it: safetensors and npy files whose tensors become
 * assets, directories that become artifacts. Start at {@link io.aifs.client.bundle.BundleImport}
 * and {@link io.aifs.client.bundle.TensorExport}.
 */
@NullMarked
package io.aifs.client.bundle;

import org.jspecify.annotations.NullMarked;
