#!/usr/bin/env pwsh
#requires -Version 7.4
<#
.SYNOPSIS
    Checks the sites, logs what it finds, and proposes the command that moves those that are down.
.DESCRIPTION
    Made for a scheduler: Windows Task Scheduler, a systemd timer, cron, a CI job. It asks nothing, writes one line of
    JSON per finding, and says by its exit code how things are. It moves no traffic unless -Move is given.

    Exit codes; 0 to 8 and 130 mean what they mean for `hostingops`, 10 and 11 are this script's own:

      0    every site is healthy, or serves although it is degraded
      1    an error: the check could not be made, or a move failed before its records were changed
      2    an argument does not fit
      3    a site is down
      4    -Move: a gate refused; the site is still down
      5    another check holds the log, or somebody else changed or holds the site
      6    -Move: switched but not proven, or not known whether switched; look at once
      7    nothing is known to be down, but of some sites it can't be told
      8    the log or the summary could not be written
      10   the inventory is missing, wrong, or has no sites; nothing was checked
      11   -Move: sites were down, and were moved and proven
      130  interrupted

    When several are true, the most urgent counts: 130, 6, 1, 2, 10, 5, 4, 3, 7, 11, 8, 0.
.EXAMPLE
    ./Invoke-SiteCheck.ps1 -InventoryPath /etc/hostingops/hosting.yml
    Checks all sites; the lines go to standard output, as for journald.
.EXAMPLE
    ./Invoke-SiteCheck.ps1 -InventoryPath C:\Ops\hosting.yml -LogPath C:\ProgramData\HostingOps\check.log -Move
    Keeps a rotating log, and moves what is down as far as the gates allow.
#>
[CmdletBinding()]
param(
    # The inventory. Default: $env:HOSTINGOPS_INVENTORY, then ./hosting.yml.
    [string] $InventoryPath,

    # Only these sites, by name or with wildcards.
    [string[]] $Name,

    # The state database. Default: $env:HOSTINGOPS_STATE, then the account's own.
    [string] $StatePath,

    # A file that gets every line as well. Only one check at a time writes to it.
    [string] $LogPath,

    # The size from which a log is put away as .1, .2 and so on.
    [ValidateRange(1KB, 1GB)]
    [long] $LogSize = 5MB,

    # How many are kept beside the current one.
    [ValidateRange(1, 100)]
    [int] $LogCount = 5,

    # A Markdown file to which a table is added, such as $env:GITHUB_STEP_SUMMARY.
    [string] $SummaryPath,

    # Move the sites that are down, without asking. The gates and limits of the inventory still stand.
    [switch] $Move
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

$mostUrgentFirst = 130, 6, 1, 2, 10, 5, 4, 3, 7, 11, 8, 0
$codes = [Collections.Generic.HashSet[int]]::new([int[]] @(0))
$log = $hold = $null
$held = $ended = $false
$rows = [Collections.Generic.List[string]]::new()

function Write-Line([string] $Level, [string] $What, [Collections.IDictionary] $More) {
    $line = [ordered]@{ time = [datetime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [cultureinfo]::InvariantCulture); level = $Level; event = $What }
    foreach ($key in $More.Keys) {
        if ($null -ne $More[$key]) {
            $line[$key] = $More[$key]
        }
    }

    $text = ConvertTo-Json $line -Compress -EnumsAsStrings
    $text
    if ($script:log) {
        try {
            $script:log.WriteLine($text)
        }
        catch {
            # The check goes on: who is down matters more than the log.
            $script:log = $null
            $null = $codes.Add(8)
            Write-Line error log @{ path = $LogPath; message = $_.Exception.GetBaseException().Message }
        }
    }
}

function Write-Failure([Management.Automation.ErrorRecord] $Failure) {
    $id = ($Failure.FullyQualifiedErrorId -split ',')[0]
    $null = $codes.Add($(switch -Regex ($id) {
        '^Inventory' { 10; break }
        '^(RecordConflict|SiteBusy)$' { 5; break }
        '^(FailoverRefused|PlanStale)$' { 4; break }
        '^(ChangeOutcomeUnknown|ChangeNotInSync|VerificationFailed)$' { 6; break }
        '^InvalidArgument$' { 2; break }
        '^Interrupted$' { 130; break }
        default { 1 }
    }))
    Write-Line error error ([ordered]@{
        id = $id; target = "$($Failure.TargetObject)"; message = $Failure.Exception.Message
        advice = if ($Failure.ErrorDetails) { $Failure.ErrorDetails.RecommendedAction }
    })
    if ($id -eq 'InventoryInvalid') {
        Test-HostingInventory @inventory | Where-Object Severity -EQ Error | ForEach-Object {
            Write-Line error inventory ([ordered]@{ code = $_.Code; file = $_.Path; line = $_.Line; column = $_.Column; message = $_.Message; advice = $_.SuggestedFix })
        }
    }
}

# Held to the end: a second check that begins before the first has ended leaves everything to it.
function Lock-Log {
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($LogPath))
    [IO.FileStream]::new("$LogPath.lock", 'OpenOrCreate', 'ReadWrite', 'None')
}

function Open-Log {
    if ([IO.File]::Exists($LogPath) -and [IO.FileInfo]::new($LogPath).Length -ge $LogSize) {
        foreach ($number in $LogCount..1) {
            $from = $number -eq 1 ? $LogPath : "$LogPath.$($number - 1)"
            if ([IO.File]::Exists($from)) {
                [IO.File]::Move($from, "$LogPath.$number", $true)
            }
        }
    }

    $writer = [IO.StreamWriter]::new([IO.FileStream]::new($LogPath, 'Append', 'Write', 'ReadWrite'))
    $writer.AutoFlush = $true
    $writer
}

function ConvertTo-Literal([string] $Text) {
    "'" + [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text) + "'"
}

# What a person pastes into any PowerShell of this machine: it names the inventory and the journal that were used here.
function Get-Proposal([string] $Command, [string] $Inventory) {
    $state = $env:HOSTINGOPS_STATE ? "`$env:HOSTINGOPS_STATE = $(ConvertTo-Literal $env:HOSTINGOPS_STATE); " : ''
    "$state$Command -InventoryPath $(ConvertTo-Literal $Inventory)"
}

function Add-Row([string[]] $Cell) {
    $rows.Add('| ' + (($Cell | ForEach-Object { $_ -replace '[\r\n]+', ' ' -replace '([\\|`<])', '\$1' }) -join ' | ') + ' |')
}

function Invoke-Check {
    $failures = $warnings = $null
    $health = @(Test-SiteHealth @inventory @sites -ErrorAction SilentlyContinue -ErrorVariable failures -WarningVariable warnings)
    foreach ($warning in @($warnings | ForEach-Object Message | Select-Object -Unique)) {
        Write-Line warning warning @{ message = $warning }
    }

    foreach ($failure in $failures) {
        Write-Failure $failure
    }

    if (-not $health -and -not $failures) {
        $null = $codes.Add(10)
        Write-Line error inventory @{ message = 'The inventory has no sites; nothing was checked.' }
    }

    $plans = @{}
    $down = @($health | Where-Object Status -EQ Down)
    if ($down) {
        # A plan probes again, as often as the site's failAfter asks: one lost packet moves nobody and wakes nobody.
        try {
            Get-SiteFailoverPlan -Name $down.SiteName @inventory -ErrorAction SilentlyContinue -ErrorVariable failures |
                ForEach-Object { $plans[$_.SiteName] = $_ }
        }
        catch {
            # Without a plan it can still be said who is down.
            $failures = $_
        }

        foreach ($failure in $failures) {
            Write-Failure $failure
        }
    }

    foreach ($seen in $health | Where-Object Status -NE Healthy | Sort-Object SiteName) {
        $plan = $plans[$seen.SiteName]
        $finding = [ordered]@{ site = $seen.SiteName; host = $seen.HostName; status = $seen.Status; reason = $seen.Reason }
        $level = 'warning'
        if ($seen.Status -eq 'Down') {
            $alive = $plan ? @($plan.Gates | Where-Object { $_.Name -eq 'ActiveDown' -and -not $_.Allows }) : @()
            if ($alive) {
                $finding.status = 'Unknown'
                $finding.reason = "Down at first, then: $($alive[0].Reason)"
                $null = $codes.Add(7)
            }
            else {
                $level = 'error'
                $null = $codes.Add(3)
                if ($plan) {
                    $finding.to = $plan.To
                    $finding.allowed = $plan.Allowed
                    $finding.refusedBy = if (-not $plan.Allowed) { @($plan.Gates | Where-Object { -not $_.Allows } | ForEach-Object ToString) }
                }

                $finding.command = Get-Proposal "Invoke-SiteFailover -Name $(ConvertTo-Literal $seen.SiteName)" $seen.InventoryPath
            }
        }
        elseif ($seen.Status -eq 'Unknown') {
            $null = $codes.Add(7)
        }

        Write-Line $level site $finding
        Add-Row $finding.site, "$($finding.host)", "$($finding.status)", $finding.reason, "$($finding['command'])"
    }

    if ($Move -and $codes.Contains(3) -and $plans.Count) {
        if ($plans.Count -eq $down.Count) {
            # Each of them gets a code of its own.
            $null = $codes.Remove(3)
        }

        Invoke-Move @($plans.Values | Where-Object { -not ($_.Gates | Where-Object { $_.Name -eq 'ActiveDown' -and -not $_.Allows }) } | Sort-Object SiteName)
    }

    $count = @{ Healthy = 0; Degraded = 0; Down = 0; Unknown = 0 }
    $health | Group-Object Status | ForEach-Object { $count[$_.Name] = $_.Count }
    $script:counts = [ordered]@{ checked = $health.Count; healthy = $count.Healthy; degraded = $count.Degraded; down = $count.Down; unknown = $count.Unknown }
}

function Invoke-Move([object[]] $Plan) {
    $failures = $null
    $refused, $allowed = $Plan.Where({ -not $_.Allowed }, 'Split')
    if ($refused) {
        $null = $codes.Add(4)
    }

    $results = @($allowed | Invoke-SiteFailover -Force -ErrorAction SilentlyContinue -ErrorVariable failures)
    foreach ($result in $results) {
        $code = switch ($result.Outcome) {
            Succeeded { 11 }
            Unchanged { 0 }
            Refused { 4 }
            Conflict { 5 }
            Failed { 1 }
            default { 6 }
        }
        $null = $codes.Add($code)
        $command = if ($code -eq 11) { "Undo-SiteFailover -OperationId $($result.OperationId)" } elseif ($code -eq 6) { "Resume-SiteFailover -OperationId $($result.OperationId)" }
        $finding = [ordered]@{
            site = $result.SiteName; operation = $result.OperationId; outcome = $result.Outcome; reason = $result.Reason; from = $result.From; to = $result.To
            command = if ($command) { Get-Proposal $command $Plan[0].InventoryPath }
        }
        Write-Line ($code -in 0, 11 ? 'warning' : 'error') move $finding
        Add-Row $finding.site, "$($finding.to)", "$($finding.outcome)", $finding.reason, "$($finding.command)"
    }

    # Each site that did not move has an error beside its result; what remains is about the operation as a whole.
    foreach ($failure in $failures | Where-Object { "$($_.TargetObject)" -notin $results.SiteName }) {
        Write-Failure $failure
    }
}

$counts = [ordered]@{}
$watch = [Diagnostics.Stopwatch]::StartNew()
$inventory = $InventoryPath ? @{ InventoryPath = $InventoryPath } : @{}
$sites = $Name ? @{ Name = $Name } : @{}
try {
    if ($StatePath) {
        $env:HOSTINGOPS_STATE = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($StatePath)
    }

    if ($LogPath) {
        $LogPath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($LogPath)
        try {
            $hold = Lock-Log
            $log = Open-Log
        }
        catch {
            $cause = $_.Exception.GetBaseException()

            # ERROR_SHARING_VIOLATION, and EWOULDBLOCK of Linux and macOS.
            $held = -not $hold -and $cause.HResult -in -2147024864, 11, 35
            $null = $codes.Add($held ? 5 : 8)
            Write-Line error log ([ordered]@{ path = $LogPath; message = $held ? 'Another check holds the log; this one leaves everything to it.' : $cause.Message })
        }
    }

    if (-not $held) {
        # A begin without a run is a check that was killed.
        Write-Line info begin ([ordered]@{ by = "$([Environment]::UserName)@$([Environment]::MachineName)"; move = [bool]$Move })
        Import-Module HostingOps
        Invoke-Check
    }

    $ended = $true
}
catch {
    $ended = $_.Exception -isnot [Management.Automation.PipelineStoppedException]
    Write-Failure $_
}
finally {
    # After Ctrl+C only this is run still, and PowerShell itself would end with 0.
    if (-not $ended) {
        [Environment]::Exit(130)
    }
}

if ($SummaryPath) {
    try {
        $table = if ($rows) { '', '| Site | Host | Status | Reason | Command |', '|---|---|---|---|---|', $rows } else { @() }
        $total = ($counts.Keys | ForEach-Object { "$($counts[$_]) $_" }) -join ', '
        $head = $total ? "Sites: $total." : 'The sites could not be checked; the log says why.'
        Add-Content -LiteralPath $SummaryPath -Value (@('### Site check', '', $head) + @($table | ForEach-Object { $_ }) + '') -Encoding utf8
    }
    catch {
        $null = $codes.Add(8)
        Write-Line error summary @{ path = $SummaryPath; message = $_.Exception.GetBaseException().Message }
    }
}

$code = $mostUrgentFirst.Where({ $codes.Contains($_) }, 'First')[0]
$counts.seconds = [Math]::Round($watch.Elapsed.TotalSeconds, 2)
$counts.exitCode = $code
Write-Line ($code -in 0, 11 ? 'info' : 'error') run $counts
if ($log) {
    $log.Dispose()
}

if ($hold) {
    $hold.Dispose()
}

# The last line may be the one that found the disk full.
exit ($mostUrgentFirst.Where({ $codes.Contains($_) }, 'First')[0])
