namespace HostingOps.Engine.State;

/// <summary>What the first and the last entry of an operation must cover.</summary>
/// <param name="Id">The operation.</param>
/// <param name="Beginning">The operation and its plan, by <see cref="OperationChain.Cover"/>.</param>
/// <param name="Ending">The outcome; null while it is open.</param>
internal sealed record OperationCover(string Id, byte[] Beginning, byte[]? Ending);
