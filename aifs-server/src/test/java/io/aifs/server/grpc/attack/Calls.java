package io.aifs.server.grpc.attack;

import java.util.List;

/** The calls that tenants make and that are attacked with: every RPC, in the ways that matter. */
final class Calls {
  private static final String NAMED =
      """
      aifs.v1.AIFS
      PutAsset | kind: $kind namespace: "$ns" metadata { key: "$key" value: "$value" } chunks { data: "$content" }
      PutAsset | namespace: "$ns" chunks { data: "$content" } parents { parent_asset_id: "$asset" transform_name: "$transform" } request_id: "$request"
      PutAsset | kind: $kind namespace: "$ns" chunks { data: "$content" } path: "$newpath" branch: "$branch"
      PutAsset | namespace: "$ns" chunks { data: "$content" } transaction: "$tx"
      PutAsset | namespace: "$ns" embedding: "abcdefgh" metadata { key: "$key" value: "$value" } ;; chunks { data: "$content" }
      GetAsset | asset_id: "$asset" namespace: "$ns"
      GetAsset | asset_id: "$asset" include_data: true namespace: "$ns"
      DeleteAsset! | asset_id: "$asset" force: $bool namespace: "$ns" why: "$text" request_id: "$request"
      ListAssets | namespace: "$ns" limit: $few page_token: "$page"
      ListAssets | namespace: "$ns" id_prefix: "$prefix"
      ListAssets | namespace: "$ns" metadata { key: "$key" value: "$value" }
      ListAssets | namespace: "$ns" limit: $few offset: $few kinds: BLOB
      VectorSearch | namespace: "$ns" query_embedding: "abcdefgh" k: 10000 filter { key: "$key" value: "$value" }
      CreateSnapshot | namespace: "$ns" asset_ids: "$asset" metadata { key: "$key" value: "$value" }
      CreateSnapshot | namespace: "$ns" asset_ids: "$asset1" asset_ids: "$asset2"
      GetSnapshot | snapshot_id: "$snap" namespace: "$ns"
      SubscribeEvents | namespace: "$ns" from_start: true end_at_newest: true
      SubscribeEvents | namespace: "$ns" from_start: true end_at_newest: true paths: "$path" branches: "$branch" include_lineage: true
      SubscribeEvents | namespace: "$ns" from_start: true end_at_newest: true filter: "$text"
      SubscribeEvents | namespace: "$ns" after_event_id: "$event" end_at_newest: true
      ListNamespaces | limit: $few page_token: "$page"
      ListNamespaces | offset: $few
      GetNamespace | namespace_id: "$ns"
      VerifyAsset | asset_id: "$asset" namespace: "$ns"
      VerifySnapshot | snapshot_id: "$snap" namespace: "$ns"
      CreateBranch | branch_name: "$newbranch" namespace: "$ns" snapshot_id: "$snap" metadata { key: "$key" value: "$value" }
      CreateBranch | branch_name: "$branch" namespace: "$ns" snapshot_id: "$snap1" expected_snapshot_id: "$snap2"
      GetBranch | branch_name: "$branch" namespace: "$ns"
      ListBranches | namespace: "$ns" limit: $few
      DeleteBranch! | branch_name: "$branch" namespace: "$ns"
      GetBranchHistory | branch_name: "$branch" namespace: "$ns" limit: $few
      CreateTag | tag_name: "$newtag" namespace: "$ns" snapshot_id: "$snap" metadata { key: "$key" value: "$value" }
      CreateTag | tag_name: "$tag" namespace: "$ns" snapshot_id: "$snap"
      GetTag | tag_name: "$tag" namespace: "$ns"
      ListTags | namespace: "$ns" limit: $few
      DeleteTag! | tag_name: "$tag" namespace: "$ns"
      aifs.v1.Introspect
      GetInfo |
      aifs.v1.Admin
      CreateNamespace | name: "$ns" description: "$text" request_id: "$request"
      PruneSnapshot! | snapshot_id: "$snap" namespace: "$ns"
      ManagePolicy | namespace_id: "$ns" policy: '{"version": 1, "description": "$text"}'
      aifs.v1.Metrics
      GetMetrics |
      aifs.v1.Format
      FormatStorage | dry_run: $bool
      """;

  private static final String OF_CONTENT =
      """
      aifs.v1.Content
      Read | namespace: "$ns" asset_id: "$asset" proof: READ_PROOF_RANGE
      Read | namespace: "$ns" asset_id: "$asset" offset: $few length: $few
      Read | namespace: "$ns" path: "$path" branch: "$ref"
      ReadMany | namespace: "$ns" ranges { asset_id: "$asset1" } ranges { asset_id: "$asset2" offset: $few length: $few }
      StatAssets | namespace: "$ns" asset_ids: "$asset1" asset_ids: "$asset2" asset_ids: "$asset3"
      ResolvePrefix | namespace: "$ns" prefix: "$prefix"
      MissingChunks | namespace: "$ns" digests: "$digest1$digest2$digest3"
      PutChunks | header { namespace: "$ns" metadata { key: "$key" value: "$value" } } asked: "$digest1$digest2" ;; chunks { claimed { digest: "$digest1" plain_bytes: $size1 } } asset_id: "$asset1"
      PutChunks | header { namespace: "$ns" path: "$newpath" request_id: "$request" } chunks { claimed { digest: "$digest1" plain_bytes: $size1 } } asset_id: "$asset1"
      PutChunks | header { namespace: "$ns" transaction: "$tx" } chunks { claimed { digest: "$digest1" plain_bytes: $size1 } } asset_id: "$asset1"
      PutChunks | header { namespace: "$ns" parents { parent_asset_id: "$asset2" transform_name: "$transform" } } asked: "$digest1" chunks { sent { plain_bytes: 3 payload: "abc" } } asset_id: "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85"
      aifs.v1.Tensors
      DescribeTensors | namespace: "$ns" target { asset_id: "$asset" }
      DescribeTensors | namespace: "$ns" target { asset_id: "620c5bb3246ea646e15993193326ef01a71473f1eaf5c15721201a0f106bb53f" }
      DescribeTensors | namespace: "$ns" target { path: "$path" ref: "$ref" }
      TensorStatistics | namespace: "$ns" target { asset_id: "$asset" found_path: "$path" }
      TensorStatistics | namespace: "$ns" target { asset_id: "620c5bb3246ea646e15993193326ef01a71473f1eaf5c15721201a0f106bb53f" } names: "w"
      ReadSlice | namespace: "$ns" target { path: "$path" } name: "w" ranges { start: 1 end: 3 }
      ReadSlice | namespace: "$ns" target { asset_id: "620c5bb3246ea646e15993193326ef01a71473f1eaf5c15721201a0f106bb53f" } name: "w" ranges { start: $few end: 4 }
      DiffTensors | namespace: "$ns" left { asset_id: "$asset1" } right { asset_id: "$asset2" }
      DiffTensors | namespace: "$ns" left { asset_id: "620c5bb3246ea646e15993193326ef01a71473f1eaf5c15721201a0f106bb53f" } right { asset_id: "$asset" }
      DiffTensors | namespace: "$ns" left { asset_id: "620c5bb3246ea646e15993193326ef01a71473f1eaf5c15721201a0f106bb53f" } right { asset_id: "620c5bb3246ea646e15993193326ef01a71473f1eaf5c15721201a0f106bb53f" found_path: "$path" }
      DiffTensors | namespace: "$ns" left { path: "$path" ref: "$ref" } right { asset_id: "620c5bb3246ea646e15993193326ef01a71473f1eaf5c15721201a0f106bb53f" } names_only: $bool
      aifs.v1.Tree
      PutFiles | namespace: "$ns" files { path: "$newpath" data: '8\\000\\000\\000\\000\\000\\000\\000{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}   abcd' }
      PutFiles | namespace: "$ns" branch: "$branch" files { path: "$newpath" data: "$content" kind: $kind metadata { key: "$key" value: "$value" } }
      PutFiles | namespace: "$ns" files { path: "$newpath" data: "$content" } request_id: "$request"
      PutFiles | namespace: "$ns" files { path: "$newpath" asset_id: "$asset" }
      PutFiles | namespace: "$ns" files { path: "$newpath" data: "$content" parents { parent_asset_id: "$asset" transform_name: "$transform" } }
      PutFiles | namespace: "$ns" files { path: "$newpath" symlink { target: "$path" } } files { path: "$newpath" directory {} } transaction: "$tx"
      StatPaths | namespace: "$ns" branch: "$ref" paths: "$path1" paths: "$path2"
      ListPaths | namespace: "$ns" branch: "$ref" path: "$dir" page_size: $few page_token: "$page"
      ListPaths | namespace: "$ns" recursive: true page_size: $few
      RemovePaths! | namespace: "$ns" branch: "$branch" paths: "$path" request_id: "$request"
      RemovePaths! | namespace: "$ns" paths: "$dir" recursive: true transaction: "$tx"
      MovePath! | namespace: "$ns" branch: "$branch" from_path: "$path" to_path: "$newpath" request_id: "$request"
      MovePath! | namespace: "$ns" from_path: "$path1" to_path: "$path2" transaction: "$tx"
      GetUsage | namespace: "$ns" branch: "$ref" path: "$path"
      GetUsage | namespace: "$ns" path: "$dir"
      aifs.v1.Lineage
      AddParents | namespace: "$ns" children { child_asset_id: "$asset1" parents { parent_asset_id: "$asset2" transform_name: "$transform" transform_digest: "$text" } } request_id: "$request"
      Traverse | namespace: "$ns" asset_id: "$asset" depth_max: $few
      Traverse | namespace: "$ns" asset_id: "$asset" direction: LINEAGE_DOWN transforms: "$transform"
      FindPath | namespace: "$ns" from_asset_id: "$asset1" to_asset_id: "$asset2"
      Why | namespace: "$ns" asset_id: "$asset" limit: $few
      aifs.v1.Search
      Search | namespace: "$ns" space: "2" queries { vector: "abcdefgh" } k: 10000 exact: true include_metadata: true
      Search | namespace: "$ns" space: "2" queries { vector: "abcdefgh" } k: 10000 exact: true at: "$ref" path: "$dir" where: "$key=$value"
      Search | namespace: "$ns" space: "$type" queries { like_asset_id: "$asset" like_part: "$text" } exact: true
      Search | namespace: "$ns" space: "2" queries { like_asset_id: "$asset" } k: 10000 exact: true at: "$ref"
      CreateSpace | namespace: "$ns" name: "$newtype" dimension: 2 model: "$text" request_id: "$request"
      ListSpaces | namespace: "$ns"
      PutEmbeddings | namespace: "$ns" space: "2" embeddings { asset_id: "$asset1" vector: "abcdefgh" } embeddings { asset_id: "$asset2" part: "$text" vector: "abcdefgh" } request_id: "$request"
      PutEmbeddings | namespace: "$ns" space: "$type" embeddings { asset_id: "$asset" vector: "abcdefgh" }
      RemoveEmbeddings! | namespace: "$ns" embeddings { asset_id: "$asset" space: "2" } request_id: "$request"
      ListQuarantine | namespace: "$ns" limit: $few page_token: "$page"
      ReviewQuarantine! | namespace: "$ns" embeddings { asset_id: "$asset" space: "2" part: "$text" } approve: $bool request_id: "$request"
      ReviewQuarantine! | namespace: "$ns" all: true space: "$type" reason: "$text"
      DropIndex! | namespace: "$ns" space: "2"
      BuildIndex | namespace: "$ns" space: "2"
      aifs.v1.Associations
      DeclareType | namespace: "$ns" name: "$newtype1" inverse: "$newtype2" request_id: "$request"
      DeclareType | namespace: "$ns" name: "$type" symmetric: $bool
      ListTypes | namespace: "$ns"
      Put | namespace: "$ns" associations { id1: "$end1" type: "$type" id2: "$end2" data: "$text" } request_id: "$request"
      Delete! | namespace: "$ns" associations { id1: "$end1" type: "$type" id2: "$end2" } request_id: "$request"
      Query | namespace: "$ns" queries { id1: "$end1" type: "$type" count {} } queries { id1: "$end1" type: "$type" range { limit: $few page_token: "$page" } }
      Query | namespace: "$ns" queries { id1: "$end1" type: "$type" get { id2: "$end2" } } queries { id1: "asset:$asset" type: "made-from" range {} } queries { id1: "asset:$asset" type: "made-into" time_range {} }
      """;

  private static final String OF_HISTORY =
      """
      aifs.v1.Refs
      StartBranch | namespace: "$ns" name: "$newbranch" at: "$ref" metadata { key: "$key" value: "$value" } reason: "$text" request_id: "$request"
      MoveBranch | namespace: "$ns" name: "$branch" to: "$ref" expected_snapshot_id: "$snap" reason: "$text" request_id: "$request" force: $bool
      EndBranch! | namespace: "$ns" name: "$branch" force: $bool request_id: "$request"
      ProtectBranch | namespace: "$ns" name: "$branch" protected: $bool
      DescribeBranch | namespace: "$ns" name: "$branch"
      ListBranchInfos | namespace: "$ns" page_size: $few page_token: "$page"
      ListBranchMoves | namespace: "$ns" name: "$branch" page_size: $few page_token: "$page"
      MakeTag | namespace: "$ns" name: "$newtag" at: "$ref" metadata { key: "$key" value: "$value" } request_id: "$request"
      MakeTag | namespace: "$ns" name: "$tag" at: "$ref"
      ListTagInfos | namespace: "$ns" page_size: $few page_token: "$page"
      ListSigningKeys | namespace: "$ns"
      RotateSigningKey | namespace: "$ns" request_id: "$request"
      aifs.v1.History
      TakeSnapshot | namespace: "$ns" branch: "$branch" message: "$text" author: "$text" metadata { key: "$key" value: "$value" } request_id: "$request"
      TakeSnapshot | namespace: "$ns" expected_snapshot_id: "$snap" allow_unchanged: true
      DescribeSnapshot | namespace: "$ns" ref: "$ref"
      ListSnapshots | namespace: "$ns" page_size: $few page_token: "$page"
      ListSnapshotAssets | namespace: "$ns" ref: "$ref" page_size: $few page_token: "$page"
      CheckSnapshot | namespace: "$ns" ref: "$ref"
      ProveEntry | namespace: "$ns" ref: "$ref" path: "$path"
      ProveEntry | namespace: "$ns" ref: "$ref" asset_id: "$asset"
      Log | namespace: "$ns" ref: "$ref" page_size: $few page_token: "$page"
      Log | namespace: "$ns" path: "$path"
      Diff | namespace: "$ns" from: "$ref1" to: "$ref2" page_size: $few page_token: "$page"
      Diff | namespace: "$ns" from: "$ref" to: "main" path: "$dir" unnamed: true
      Merge | namespace: "$ns" into_branch: "$branch" from: "$ref" choice: CONFLICT_CHOICE_OURS dry_run: $bool allow_unrelated: $bool expected_snapshot_id: "$snap" request_id: "$request"
      Merge | namespace: "$ns" into_branch: "$branch" from: "$ref" choices { key: "$path" value: CONFLICT_CHOICE_OURS } message: "$text"
      Revert | namespace: "$ns" branch: "$branch" ref: "$ref" choice: CONFLICT_CHOICE_OURS dry_run: $bool request_id: "$request"
      Checkout | namespace: "$ns" branch: "$branch" ref: "$ref" path: "$path" to_path: "$newpath" request_id: "$request"
      aifs.v1.Policies
      GetPolicy | namespace: "$ns" version: $few
      SetPolicy | namespace: "$ns" document: '{"version": 1, "description": "$text"}' expected_version: $few reason: "$text" request_id: "$request"
      SetPolicy | namespace: "$ns" document: '{"version": 1, "description": "$text"}'
      ListPolicyVersions | namespace: "$ns" page_size: $few page_token: "$page"
      CheckPolicy | namespace: "$ns" document: '{"version": 1, "kinds": ["TENSOR"]}' page_size: $few page_token: "$page"
      CheckPolicy | namespace: "$ns" subject { metadata { key: "$key" value: "$value" } size: 3 }
      aifs.v1.Transactions
      Begin | namespace: "$ns" request_id: "$request"
      Stage! | namespace: "$ns" transaction: "$tx" request_id: "$request" steps { put_files { branch: "$branch" files { path: "$newpath" data: "$content" } } }
      Stage! | namespace: "$ns" transaction: "$tx" steps { put_files { files { path: "$newpath" asset_id: "$asset" } } } steps { add_parents { children { child_asset_id: "$asset1" parents { parent_asset_id: "$asset2" transform_name: "$transform" } } } }
      Stage! | namespace: "$ns" transaction: "$tx" steps { start_branch { name: "$newbranch" at: "$ref" } } steps { make_tag { name: "$newtag" at: "$ref" } }
      Commit! | namespace: "$ns" transaction: "$tx"
      Abort! | namespace: "$ns" transaction: "$tx"
      Renew | namespace: "$ns" transaction: "$tx"
      Get | namespace: "$ns" transaction: "$tx"
      List | namespace: "$ns" page_size: $few page_token: "$page"
      Apply! | namespace: "$ns" request_id: "$request" steps { move_path { from_path: "$path" to_path: "$newpath" } } steps { remove_paths { paths: "$path2" } }
      Apply! | namespace: "$ns" steps { move_branch { name: "$branch" to: "$ref" expected_snapshot_id: "$snap" } } steps { delete_tag { name: "$tag" } }
      Apply! | namespace: "$ns" steps { end_branch { name: "$branch" expected_snapshot_id: "$snap" } }
      Apply | namespace: "$ns" steps { put_associations { associations { id1: "$end1" type: "$type" id2: "$end2" } } } steps { delete_associations { associations { id1: "$end2" type: "$type" id2: "$end3" } } }
      aifs.v1.Maintenance
      GetStatus |
      Verify | namespace: "$ns" asset_ids: "$asset"
      Verify | namespace: "$ns" paths: "$path" branch: "$ref"
      Verify | namespace: "$ns"
      Fsck | read_data: $bool
      ListJobs |
      RunJob | name: "gc"
      CancelJob | name: "gc"
      Collect | dry_run: true
      UndoCollection |
      UndoCollection | namespace: "$ns" asset_id: "$asset"
      aifs.v1.Tokens
      Mint | caveats: "methods = get" caveats: "namespace = $ns" note: "$text" request_id: "$request"
      Revoke | token_id: "$token" reason: "$text"
      Revoke | family: "$token" reason: "$text"
      List | page_size: $few page_token: "$page"
      Describe |
      ListRevoked | page_size: $few page_token: "$page"
      RotateRootKey |
      aifs.v1.Audit
      Read | last: $few
      Verify |
      """;

  private Calls() {}

  /** All of them. */
  static List<Template> all() {
    return Template.parse(NAMED + OF_CONTENT + OF_HISTORY);
  }
}
