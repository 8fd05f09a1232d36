using System.Globalization;

namespace HostingOps.Bench.Health;

/// <summary>The options of the <c>probes</c> command.</summary>
internal sealed record ProbesOptions
{
    public int Count { get; private init; } = 5000;

    public int Parallel { get; private init; } = 100;

    public int Rounds { get; private init; } = 5;

    public IReadOnlyList<string> Schemes { get; private init; } = ["http", "https"];

    public bool WithCurl { get; private init; } = true;

    public static ProbesOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ProbesOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--count" => options with { Count = Number(arguments, ++i) },
                "--parallel" => options with { Parallel = Number(arguments, ++i) },
                "--rounds" => options with { Rounds = Number(arguments, ++i) },
                "--scheme" => options with { Schemes = [Value(arguments, ++i)] },
                "--no-curl" => options with { WithCurl = false },
                var other => throw new ArgumentException($"Unknown option '{other}'."),
            };
        }

        return options;
    }

    private static string Value(IReadOnlyList<string> arguments, int index) =>
        index < arguments.Count ? arguments[index] : throw new ArgumentException($"'{arguments[index - 1]}' wants a value.");

    private static int Number(IReadOnlyList<string> arguments, int index) =>
        int.TryParse(Value(arguments, index), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"'{arguments[index - 1]}' wants a number above 0.");
}
