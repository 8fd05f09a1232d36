namespace HostingOps.Engine.Watch.Witnesses;

/// <summary>One witness's answer.</summary>
/// <param name="Witness">Its name in the inventory, or <c>route53</c>.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Reason">What it saw, or why nothing is known, in one sentence.</param>
/// <param name="Machine">The mark of the machine that answered, or null where that is not known.</param>
internal sealed record WitnessOpinion(string Witness, WitnessAnswer Answer, string Reason, string? Machine = null);
