using System.Globalization;

namespace HostingOps.Bench.Certainty;

/// <summary>How the simulation is run.</summary>
internal sealed record CertaintyOptions
{
    /// <summary>The days of the record begin here and are used for nothing else: no figure may come from days by which something was tuned.</summary>
    public const ulong RecordSeeds = 1UL << 40;

    /// <summary>Below it lie the days for tuning and for tests.</summary>
    public const ulong TuningSeeds = 1UL << 32;

    public double SiteDays { get; init; } = 100_000;

    public int Sites { get; init; } = 200;

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the figures are for the record.</summary>
    public bool IsRecord { get; init; }

    /// <summary>The first day's seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The first day's seed of the range in use.</summary>
    public ulong FirstSeed => IsRecord ? RecordSeeds : Seed;

    public int Days => (int)Math.Ceiling(SiteDays / Sites);

    /// <summary>A policy that is tried; anything but the interval is refused for the record.</summary>
    public HealthCheckPolicy Check { get; init; } = new();

    /// <summary>A policy that is tried: how long an outage has to last before our rule plans its switch.</summary>
    public SitePolicy Policy { get; init; } = new();

    /// <summary>Only rules whose names have this.</summary>
    public string Rules { get; init; } = "";

    /// <summary>Reads the command line.</summary>
    /// <returns>The options, or what is wrong with it.</returns>
    public static (CertaintyOptions? Options, string? Problem) Read(IReadOnlyList<string> args)
    {
        var options = new CertaintyOptions();
        var (seeded, tuned) = (false, false);
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--record")
            {
                options = options with { IsRecord = true };
                continue;
            }

            if (i + 1 == args.Count)
            {
                return (null, $"{args[i]} needs a value.");
            }

            var text = args[++i];
            if (args[i - 1] == "--rules")
            {
                options = options with { Rules = text };
                continue;
            }

            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < 0 || (number == 0 && args[i - 1] != "--automatic-after"))
            {
                return (null, $"{args[i - 1]} needs a number over zero, not '{text}'.");
            }

            seeded |= args[i - 1] == "--seed";
            tuned |= args[i - 1] is "--fault-duration" or "--fail-after" or "--automatic-after";
            CertaintyOptions? next = args[i - 1] switch
            {
                "--site-days" => options with { SiteDays = number },
                "--sites" => options with { Sites = (int)Math.Max(1, Math.Round(number / Fleet.SitesPerPair)) * Fleet.SitesPerPair },
                "--interval" => options with { Interval = TimeSpan.FromSeconds(number) },
                "--seed" => options with { Seed = (ulong)number },
                "--fault-duration" => options with { Check = options.Check with { FaultDuration = TimeSpan.FromSeconds(number) } },
                "--fail-after" => options with { Check = options.Check with { FailAfter = (int)number } },
                "--automatic-after" => options with { Policy = options.Policy with { AutomaticAfter = TimeSpan.FromSeconds(number) } },
                _ => null,
            };
            if (next is null)
            {
                return (null, $"{args[i - 1]} is not known.");
            }

            options = next;
        }

        return options.IsRecord && (seeded || tuned)
            ? (null, "Figures for the record come from their own seeds and the shipped defaults: --record takes no --seed, --fault-duration, --fail-after or --automatic-after.")
            : options.Seed + (ulong)options.Days > TuningSeeds
            ? (null, FormattableString.Invariant($"Seeds for tuning lie below {TuningSeeds}."))
            : (options, null);
    }
}
