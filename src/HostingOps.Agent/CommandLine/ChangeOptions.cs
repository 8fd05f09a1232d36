using System.CommandLine;
using HostingOps.Engine.Failover;

namespace HostingOps.Agent.CommandLine;

/// <summary>What the commands that move live traffic have in common.</summary>
internal sealed class ChangeOptions
{
    private readonly Option<GateName[]> overrides = NamedValues.Several<GateName>(
        "--override",
        "Pass a gate although it refuses; may be repeated. Needs --reason. RecordAsExpected can't be passed.");

    private readonly Option<string> reason = new("--reason") { Description = "Why, for the journal.", HelpName = "TEXT" };

    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Don't ask. Needed where nobody can be asked." };

    private readonly Option<bool> whatIf = new("--what-if") { Description = "End after the plan; nothing is changed." };

    private readonly Option<int> throttle = NamedValues.Positive("--throttle", new PlanOptions().ThrottleLimit, "N", "Probes under way at once.");

    private readonly RunOptions run = new();

    public ChangeOptions() => overrides.HelpName = "GATE";

    public bool Yes(ParseResult parse) => parse.GetValue(yes);

    public bool WhatIf(ParseResult parse) => parse.GetValue(whatIf);

    public InvokeOptions Invoke(ParseResult parse) => run.Read(parse);

    public PlanOptions Plan(ParseResult parse) => new()
    {
        Overrides = parse.GetValue(overrides) ?? [],
        OverrideReason = parse.GetValue(reason),
        ThrottleLimit = parse.GetValue(throttle),
    };

    public void AddTo(Command command)
    {
        command.Options.Add(overrides);
        command.Options.Add(reason);
        command.Options.Add(yes);
        command.Options.Add(whatIf);
        command.Options.Add(throttle);
        run.AddTo(command);

        // Said before anything is asked of AWS; the engine says the same to those who come by another way.
        command.Validators.Add(result =>
        {
            if (result.GetResult(overrides) is { Tokens.Count: > 0 } && string.IsNullOrWhiteSpace(result.GetValue(reason)))
            {
                result.AddError("--override needs --reason: it goes into the journal.");
            }
        });
    }
}
