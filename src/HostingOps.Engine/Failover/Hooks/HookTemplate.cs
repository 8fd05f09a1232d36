using System.Text;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Failover.Hooks;

/// <summary>
/// Fills in the placeholders of hooks: <c>{{active.X}}</c> and <c>{{standby.X}}</c> with X of name, address, addressV6, cname, ssh,
/// provider; <c>{{site.X}}</c> with X of name, domain, record, repository; <c>{{operation.id}}</c>. One argument of the template
/// is one argument of the program, whatever the values hold: they are never split or expanded again.
/// </summary>
internal static class HookTemplate
{
    private const string Open = "{{";
    private const string Close = "}}";
    private const string OperationId = "operation.id";

    /// <summary>The program and its arguments with every placeholder filled in.</summary>
    /// <exception cref="HostingException">
    /// InvalidArgument: a placeholder that is not known, not closed or has no value here, a value with control characters, or
    /// one that would turn an argument into an option.
    /// </exception>
    public static IReadOnlyList<string> Expand(Hook hook, HookContext context) =>
        Fill(hook.Argv, context.Site.Name, name => ValueOf(name, context));

    /// <summary>
    /// The hook as a plan shows it, made before there is an operation: <c>{{operation.id}}</c> stays for <see cref="Bind"/>.
    /// </summary>
    /// <exception cref="HostingException">InvalidArgument as <see cref="Expand"/>, and for a value that itself holds <c>{{</c>.</exception>
    public static PlannedHook Plan(HookStage stage, Hook hook, HookContext context) => new(
        stage,
        Fill(hook.Argv, context.Site.Name, name => name == OperationId ? Open + OperationId + Close : Unbraced(name, ValueOf(name, context))),
        hook.Timeout);

    /// <summary>The planned hook with the operation's id, ready to run.</summary>
    public static PlannedHook Bind(PlannedHook hook, string operationId) => hook with
    {
        Argv = hook.Argv.Select(argument => argument.Replace(Open + OperationId + Close, operationId, StringComparison.Ordinal)).ToList(),
    };

    private static List<string> Fill(IReadOnlyList<string> argv, string siteName, Func<string, string?> valueOf)
    {
        if (argv.Count == 0 || string.IsNullOrWhiteSpace(argv[0]))
        {
            throw Refuse(siteName, $"A hook of site '{siteName}' names no program; a list like [program, argument] is expected.");
        }

        return argv.Select(template => Fill(template, siteName, valueOf)).ToList();
    }

    private static string Fill(string template, string siteName, Func<string, string?> valueOf)
    {
        var filled = new StringBuilder(template.Length);
        var position = 0;
        while (template.IndexOf(Open, position, StringComparison.Ordinal) is var start and >= 0)
        {
            var end = template.IndexOf(Close, start, StringComparison.Ordinal);
            if (end < 0)
            {
                throw Refuse(siteName, $"The hook argument '{template}' of site '{siteName}' opens a placeholder with '{Open}' and never closes it.");
            }

            var name = template[(start + Open.Length)..end].Trim();
            filled.Append(template, position, start - position).Append(Value(name, template, siteName, valueOf));
            position = end + Close.Length;
        }

        filled.Append(template, position, template.Length - position);
        var argument = filled.ToString();
        if (argument.StartsWith('-') && !template.StartsWith('-'))
        {
            throw Refuse(
                siteName,
                $"The hook argument '{template}' of site '{siteName}' would become '{argument}', which programs read as an option; "
                    + "a filled-in value may not begin an argument with '-'.");
        }

        return argument;
    }

    private static string Value(string name, string template, string siteName, Func<string, string?> valueOf)
    {
        if (!HookPlaceholders.Names.Contains(name, StringComparer.Ordinal))
        {
            throw Refuse(
                siteName,
                $"The hook argument '{template}' of site '{siteName}' has the unknown placeholder '{Open}{name}{Close}'; known are "
                    + $"{string.Join(", ", HookPlaceholders.Names)}.");
        }

        var value = valueOf(name);
        if (string.IsNullOrEmpty(value))
        {
            throw Refuse(
                siteName, $"The hook argument '{template}' of site '{siteName}' needs '{Open}{name}{Close}', which has no value here.");
        }

        // A NUL would cut the argument short where it is handed to the system; a line break could forge lines in a log.
        return value.Any(char.IsControl)
            ? throw Refuse(siteName, $"The value of '{Open}{name}{Close}' for site '{siteName}' holds control characters.")
            : value;
    }

    // What is left in braces after planning must come from the template, or binding would expand a value.
    private static string? Unbraced(string name, string? value) => value?.Contains(Open, StringComparison.Ordinal) == true
        ? throw Refuse(name, $"The value '{value}' of '{Open}{name}{Close}' holds '{Open}', which a value may not.")
        : value;

    private static string? ValueOf(string name, HookContext context)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var part = name[(dot + 1)..];
        return name[..dot] switch
        {
            "active" => context.Active is { } active ? HookPlaceholders.ValueOf(active, part) : null,
            "standby" => context.Standby is { } standby ? HookPlaceholders.ValueOf(standby, part) : null,
            "operation" => context.OperationId,
            _ => HookPlaceholders.ValueOf(context.Site, part),
        };
    }

    private static HostingException Refuse(string target, string message) => new(
        ErrorIds.InvalidArgument,
        HostingErrorCategory.InvalidArgument,
        target,
        message,
        "Correct the hook in the inventory; nothing was run.");
}
