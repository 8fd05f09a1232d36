# What the Tab key offers, asked the way the console asks.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    $env:HOSTINGOPS_INVENTORY = $null
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $sandbox = New-Rehearsal
    $folder = (New-Item (Join-Path $TestDrive "it's a folder") -ItemType Directory).FullName
    $odd = Join-Path $folder 'odd.yml'
    $umlaut = "b$([char] 0xe4)ckerei"
    Set-Content $odd ($rehearsalInventory -replace 'acme:', '"007":' -replace 'bakery: {', "${umlaut}: { record: baeckerei," -replace 'clinic: {', 'site.one: { record: one,')
    Set-Content (Join-Path $folder 'hosting.yml') $rehearsalInventory

    function Get-Completion([string] $Line) {
        @((TabExpansion2 $Line $Line.Length).CompletionMatches | Where-Object ResultType -EQ 'ParameterValue')
    }
}

AfterAll {
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'Completion' {
    BeforeEach {
        Push-Location $folder
        $env:HOSTINGOPS_INVENTORY = $null
    }
    AfterEach { Pop-Location }

    It 'offers sites to -Name of <_>, by position, name and alias' -ForEach @(
        'Get-HostedSite', 'Test-SiteHealth', 'Test-ApexRedirect', 'Test-SiteDns', 'Get-SiteMirror', 'Test-SiteMirror', 'Get-SiteDnsTarget', 'Set-SiteDnsTarget', 'Get-SiteFailoverPlan', 'Invoke-SiteFailover',
        'Resume-SiteFailover', 'Undo-SiteFailover', 'Get-SiteFailoverHistory', 'Disable-SiteFailover', 'Enable-SiteFailover'
    ) {
        (Get-Completion "$_ ").CompletionText | Should -Be 'acme', 'bakery', 'clinic'
        (Get-Completion "$_ b").CompletionText | Should -Be 'bakery'
        (Get-Completion "$_ -Name B").CompletionText | Should -Be 'bakery'
        (Get-Completion "$_ -SiteName acme, c").CompletionText | Should -Be 'clinic'
    }

    It 'offers hosts to <_>' -ForEach 'Set-SiteDnsTarget acme ', 'Set-SiteDnsTarget acme -HostName ', 'Get-SiteFailoverPlan acme -To ', 'Invoke-SiteFailover acme -To ' {
        (Get-Completion $_).CompletionText | Should -Be 'left', 'right'
        (Get-Completion "$($_)R").CompletionText | Should -Be 'right'
    }

    It 'offers the host to kill in a drill' {
        (Get-Completion 'Invoke-FailoverDrill -InventoryPath ./hosting.yml ').CompletionText | Should -Be 'left', 'right'
    }

    It 'offers only the hosts of the site that was named' {
        $three = Join-Path $folder 'three.yml'
        Set-Content $three (($rehearsalInventory -replace '(?m)^sites:', "  third: { provider: three, address: 192.0.2.9 }`nsites:") -replace 'clinic.example, primary: left', 'clinic.example, primary: third')
        (Get-Completion "Set-SiteDnsTarget -InventoryPath '$($three -replace "'", "''")' clinic ").CompletionText | Sort-Object | Should -Be 'right', 'third'
        (Get-Completion "Set-SiteDnsTarget -InventoryPath '$($three -replace "'", "''")' -HostName ").CompletionText | Sort-Object | Should -Be 'left', 'right', 'third'
    }

    It 'quotes what PowerShell would take for something else' {
        $line = "Get-HostedSite -InventoryPath '$($odd -replace "'", "''")' "
        (Get-Completion $line).CompletionText | Should -Be "'007'", $umlaut, 'site.one'
        foreach ($text in (Get-Completion $line).CompletionText) {
            (& ([scriptblock]::Create("$line $text"))).Name | Should -Be $text.Trim("'")
        }
    }

    It 'completes inside quotes: <_>' -ForEach "'bak", '"bak', "'bak'" {
        (Get-Completion "Get-HostedSite $_").CompletionText | Should -Be 'bakery'
    }

    It 'says what each is' {
        (Get-Completion 'Get-HostedSite ac').ToolTip | Should -Be 'acme.example: left, then right'
        (Get-Completion 'Set-SiteDnsTarget acme le').ToolTip | Should -Be 'one: 203.0.113.10'
    }

    It 'knows the inventory as PowerShell means the path: <_>' -ForEach './odd.yml', 'odd.yml', 'OnDrive:\odd.yml', '$named', '~/odd.yml' {
        $null = New-PSDrive OnDrive FileSystem $folder -Scope Global
        Set-Variable named $odd -Scope Global
        $realHome = (Get-PSProvider FileSystem).Home
        (Get-PSProvider FileSystem).Home = $folder
        try {
            (Get-Completion "Get-HostedSite -InventoryPath $_ -Name s").CompletionText | Should -Be 'site.one'
        }
        finally {
            (Get-PSProvider FileSystem).Home = $realHome
            Remove-PSDrive OnDrive -Scope Global
            Remove-Variable named -Scope Global
        }
    }

    It 'takes the inventory of the environment, and -InventoryPath before it' {
        $env:HOSTINGOPS_INVENTORY = $odd
        (Get-Completion 'Get-HostedSite s').CompletionText | Should -Be 'site.one'
        (Get-Completion 'Get-HostedSite -InventoryPath ./hosting.yml a').CompletionText | Should -Be 'acme'
    }

    It 'works where the location is no folder' {
        $env:HOSTINGOPS_INVENTORY = $odd
        Push-Location Env:\
        try { (Get-Completion 'Get-HostedSite s').CompletionText | Should -Be 'site.one' } finally { Pop-Location }
    }

    It 'offers operations, and to Resume those that are open' {
        $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath
        $moved = Invoke-SiteFailover acme -Planned -Force
        (Get-Completion 'Undo-SiteFailover -OperationId ').CompletionText | Should -Be $moved.OperationId
        (Get-Completion 'Get-SiteFailoverHistory -OperationId ').ToolTip |
            Should -BeExactly "$($moved.StartedAt.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture))Z, Switchover of acme: Succeeded"
        Get-Completion 'Resume-SiteFailover -OperationId ' | Should -BeNullOrEmpty
    }

    It 'takes a relative state database against the location' {
        $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath
        $named = $env:HOSTINGOPS_STATE
        try {
            $env:HOSTINGOPS_STATE = './local.db'
            $moved = Invoke-SiteFailover bakery -Planned -Force
            (Get-Completion 'Undo-SiteFailover -OperationId ').CompletionText | Should -Be $moved.OperationId
        }
        finally {
            $env:HOSTINGOPS_STATE = $named
        }
    }

    It 'is quiet whatever is typed or missing: <_>' -ForEach @(
        'Get-HostedSite [', 'Get-HostedSite `[', "Get-HostedSite 'a[", 'Get-HostedSite $', 'Get-HostedSite $(throw) ', 'Get-HostedSite "a', 'Get-HostedSite -Name @(',
        'Get-HostedSite -InventoryPath none.yml ', 'Get-HostedSite -InventoryPath Nowhere:\x.yml ', 'Get-HostedSite -InventoryPath Env:\PATH ', 'Get-HostedSite -InventoryPath "" ',
        'Get-HostedSite -InventoryPath $(throw 1) ', 'Undo-SiteFailover -OperationId [', 'Set-SiteDnsTarget $null ', 'Invoke-SiteFailover -To *'
    ) {
        $before = $Error.Count
        { Get-Completion $_ } | Should -Not -Throw
        $Error.Count | Should -Be $before
    }

    # TabExpansion2 swallows what a completer throws; another host may not.
    It 'throws nothing itself where there is no inventory: <_>' -ForEach 'SiteNameCompleter', 'HostNameCompleter', 'OperationIdCompleter' {
        $completer = [HostingOps.Cmdlets.Completion.InventoryCompleter].Assembly.CreateInstance("HostingOps.Cmdlets.Completion.$_")
        $completer.CompleteArgument('Get-HostedSite', 'Name', '', $null, @{ InventoryPath = './none.yml' }) | Should -BeNullOrEmpty
    }

    It 'creates no state database' {
        $named = $env:HOSTINGOPS_STATE
        try {
            $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'untouched.db'
            $null = Get-Completion 'Get-HostedSite '
            $env:HOSTINGOPS_STATE | Should -Not -Exist
        }
        finally {
            $env:HOSTINGOPS_STATE = $named
        }
    }

    It 'offers a bounded number of a large inventory, and all that fit a longer word' {
        $large = Join-Path $folder 'large.yml'
        $sites = 0..1999 | ForEach-Object { '  site{0:d4}: {{ domain: site{0:d4}.example, primary: left, secondary: right }}' -f $_ }
        Set-Content $large (@(($rehearsalInventory -split '(?m)^sites:')[0] + 'sites:') + $sites)
        (Get-Completion 'Get-HostedSite -InventoryPath ./large.yml -Name ').Count | Should -Be 500
        (Get-Completion 'Get-HostedSite -InventoryPath ./large.yml -Name site19').Count | Should -Be 100
    }
}
