namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>What is sent back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body; for a refusal a short text that says nothing of the key or the inventory.</param>
/// <param name="Signature">The signature, or null on a refusal.</param>
/// <param name="Machine">The mark of the machine that answers, or null on a refusal.</param>
public sealed record WitnessReply(int Status, byte[] Body, string? Signature, string? Machine = null);
