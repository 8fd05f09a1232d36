using System.CommandLine;
using System.CommandLine.Parsing;
using HostingOps.Engine.Inventory;

namespace HostingOps.Agent.CommandLine;

/// <summary>Options and arguments whose values are names: of an enum's members, or of sites.</summary>
internal static class NamedValues
{
    /// <summary>An option that takes one name of an enum, in any case; numbers are no names.</summary>
    public static Option<T> One<T>(string name, T whenAbsent, string description)
        where T : struct, Enum => new(name)
        {
            Description = $"{description} [default: {whenAbsent.ToString().ToLowerInvariant()}]",
            HelpName = string.Join('|', Enum.GetNames<T>().Select(static member => member.ToLowerInvariant())),
            CustomParser = result => Parse<T>(result, result.Tokens[0].Value) ?? whenAbsent,
        };

    /// <summary>An argument that takes one name of an enum, in any case.</summary>
    public static Argument<T> Word<T>(string name, T whenAbsent, string description)
        where T : struct, Enum
    {
        var argument = new Argument<T>(name)
        {
            Description = $"{description} [default: {whenAbsent.ToString().ToLowerInvariant()}]",
            HelpName = string.Join('|', Enum.GetNames<T>().Select(static member => member.ToLowerInvariant())),
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => whenAbsent,
            CustomParser = result => Parse<T>(result, result.Tokens[0].Value) ?? whenAbsent,
        };
        return argument;
    }

    /// <summary>An option that takes names of an enum, repeated or separated by commas.</summary>
    public static Option<T[]> Several<T>(string name, string description)
        where T : struct, Enum => new(name)
        {
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = static result => result.Tokens
                .SelectMany(static token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Select(word => Parse<T>(result, word)).OfType<T>().Distinct().ToArray(),
        };

    /// <summary>An option that takes a positive whole number.</summary>
    public static Option<int> Positive(string name, int whenAbsent, string unit, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = unit, DefaultValueFactory = _ => whenAbsent };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number < 1))
            {
                result.AddError($"{name} is '{token.Value}'; a whole number from 1 was expected.");
            }
        });
        return option;
    }

    /// <summary>The sites, by name or with wildcards.</summary>
    public static Argument<string[]> Sites(string description, string name = "site")
    {
        var sites = new Argument<string[]>(name) { Arity = ArgumentArity.ZeroOrMore, Description = description };
        RefuseOptions(sites);
        return sites;
    }

    /// <summary>One operation of the journal.</summary>
    public static Argument<string?> Operation(string description)
    {
        var operation = new Argument<string?>("operation") { Arity = ArgumentArity.ZeroOrOne, Description = description };
        RefuseOptions(operation);
        return operation;
    }

    // The parser takes a mistyped option for a name: `failover --what-iff acme` must never come near a switch.
    private static void RefuseOptions(Argument argument) => argument.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(static token => token.Value.StartsWith('-')))
        {
            var options = (result.Parent as CommandResult)?.Command.Options.Select(static option => option.Name) ?? [];
            result.AddError($"Unknown option '{token.Value}'.{Near(token.Value, options)}");
        }
    });

    private static T? Parse<T>(ArgumentResult result, string word)
        where T : struct, Enum
    {
        var name = Enum.GetNames<T>().FirstOrDefault(member => member.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (name is not null)
        {
            return Enum.Parse<T>(name);
        }

        result.AddError($"'{word}' is none of {string.Join(", ", Enum.GetNames<T>())}.{Near(word, Enum.GetNames<T>())}");
        return null;
    }

    internal static string Near(string word, IEnumerable<string> names) =>
        NameSuggestion.Nearest(word, names) is { } near ? $" Did you mean '{near}'?" : "";
}
