namespace HostingOps.Engine.Watch.Witnesses;

/// <summary>What the witnesses said of one site on its active host.</summary>
/// <param name="Policy">How many must agree.</param>
/// <param name="Opinions">Their answers.</param>
internal sealed record WitnessFacts(WitnessSettings Policy, IReadOnlyList<WitnessOpinion> Opinions);
